// The keyboard shortcuts in English. Loads with their list.
export default {
  keys: {
    heading: 'Keyboard shortcuts',
    find: 'Find a person, or search the catalog or the Store',
    goSend: 'Go to Send',
    goReceive: 'Go to Receive',
    goCatalog: 'Go to Catalog',
    goStore: 'Go to Store',
    goSettings: 'Go to Settings',
    paste: 'Add what you copied',
    send: 'Send',
    pause: 'Pause or resume the focused transfer',
    moveUp: 'Move the focused transfer up in its line',
    moveDown: 'Move the focused transfer down in its line',
    close: 'Close what is open',
    help: 'Show this list',
    andThen: 'then',
    off: 'Single keys are turned off under Settings.',
  },
};
