export const screening = {}
