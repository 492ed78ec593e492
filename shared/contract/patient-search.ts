export const patientSearch = {}
