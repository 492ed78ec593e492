export const patient = {}
