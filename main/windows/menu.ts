import { app, Menu, type MenuItemConstructorOptions } from 'electron'

type MenuActions = { readonly lock: () => void }

/** Roles where the system has one; reload and developer tools exist only in an unpackaged run. */
export function installMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions)))
}

function menuTemplate({ lock }: MenuActions): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin'
  const lockNow: MenuItemConstructorOptions = { id: 'lock', label: 'Lock now', click: lock }
  const developer: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  return [
    isMac
      ? {
          role: 'appMenu',
          submenu: [
            { role: 'about' },
            { type: 'separator' },
            lockNow,
            { type: 'separator' },
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            { type: 'separator' },
            { role: 'quit' },
          ],
        }
      : { label: '&File', submenu: [lockNow, { type: 'separator' }, { role: 'quit' }] },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { label: '&Window', role: 'window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
  ]
}
