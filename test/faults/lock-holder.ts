import { holdLock } from '../../db/open.ts'

/** Another start of the program: holds the folder's lock and says so, until it is ended. */
holdLock(process.argv[2] ?? '')
process.stdout.write('held\n')
setInterval(() => undefined, 1000)
