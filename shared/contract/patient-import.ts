export const patientImport = {}
