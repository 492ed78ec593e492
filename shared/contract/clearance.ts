export const clearance = {}
