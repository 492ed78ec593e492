export const complication = {}
