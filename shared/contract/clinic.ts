export const clinic = {}
