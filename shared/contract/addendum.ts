export const addendum = {}
