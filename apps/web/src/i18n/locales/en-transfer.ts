// What the rows of transfers say in English: where a transfer stands, what is wrong, and what happens next. Loads with
// the first row.
export default {
  phase: {
    waitingToAccept: 'Waiting for {name} to accept',
    asksWhenBack: '{name} is offline. Ferry asks as soon as they are back.',
    asksWhenBackOrChoose:
      '{name} is offline. Ferry asks as soon as they are back. If you close this page, choose the files again to continue.',
    paused: 'Paused. Nothing is lost: resume when you like.',
    pausedBy: 'Paused by {name}. Goes on when they resume.',
    queued: 'Waits its turn. Starts by itself when another transfer ends.',
    queuedBy: '{name} has other transfers first. It starts by itself when its turn comes.',
    fullBy: '{name}’s browser is out of space. Continues by itself when there is room.',
    filesWantedBy: '{name} must choose the files again, and then it continues by itself.',
    reconnecting: 'The connection to {name} was lost. Ferry is looking for another path.',
    continues: '{name} is offline. Continues by itself when they are back.',
    continuesOrChoose:
      '{name} is offline. Continues by itself when they are back. If you close this page, choose the files again to continue.',
    checking: 'All pieces are here. Comparing with the sender…',
    delivered: 'Delivered to {name}, checked',
    received: 'Received from {name}, checked',
    declined: 'You declined. Nothing was received.',
    declinedBy: '{name} declined. Nothing was sent.',
    cancelled: 'You cancelled it.',
    cancelledBy: '{name} cancelled it.',
    otherDevice: 'Answered on another device.',
    failed: 'It failed.',
  },
  fetch: {
    asking: 'Asking {name}',
    queued: 'Place {place} in {name}’s queue. Starts by itself.',
    startsWhenBack: '{name} is offline. Starts by itself when {name} is back.',
    goesOnWhenBack: '{name} is offline. Goes on by itself when {name} is back.',
    startsWhenAny: 'Nobody who has it is online. Starts by itself when somebody is.',
    goesOnWhenAny: 'Nobody who has it is online. Goes on by itself when somebody is.',
    pausedByOwner: 'Paused by {name}. Goes on by itself when {name} resumes.',
    refused: {
      notFound:
        '{name} does not share it any more. Goes on by itself when a colleague who has it is online, or search for another copy.',
      expired: '{name} could not check your leave to fetch it. Ferry asks again by itself, with a new one.',
      queueFull: 'Too many people wait for {name} now. Ferry asks again by itself, within a minute.',
    },
    from: 'from {name} and {count} other | from {name} and {count} others',
    receivedFrom: 'Received from {name} and {count} other, checked | Received from {name} and {count} others, checked',
    asItIsNow: 'Fetch it as it is now',
    withoutIt: 'Go on without it',
  },
  serve: {
    fetches: '{name} is fetching',
    for: 'for {name}',
    waits: '{name} waits for a free place. Starts by itself.',
    paused: 'Paused. {name} waits: resume when you like.',
    goesOnWhenBack: '{name} is offline. Goes on by itself when {name} is back.',
    done: 'Fetched by {name}, checked',
  },
  stored: {
    from: 'from the Store',
    fromSender: 'from {name}, kept by colleagues',
    asking: 'Asking the people who keep it',
    starts: '{online} of the {needed} pieces needed are online. Starts by itself when there are enough.',
    goesOn: '{online} of the {needed} pieces needed are online. Goes on by itself when there are enough.',
    reconnecting: 'The connections to those who keep it were lost. Ferry is looking for others.',
    checking: 'All pieces are here. Checking them…',
    received: 'Fetched from the Store, checked',
    kept: 'Colleagues keep it for you, so {name} need not be online.',
    keptLater:
      '{online} of the {needed} pieces needed are online now. Accept, and it starts by itself when there are enough.',
  },
  problem: {
    noPath: {
      unreachable: {
        stalled: 'No path to {name} can be found now. Ferry keeps trying; both of you can check your network.',
        failed: 'No path to {name} was found. Both of you check your network, then try again.',
      },
      relayMissing: {
        stalled:
          'No direct path between you and {name}, and this Ferry has no relay. It keeps trying; ask the person who runs Ferry to set one up, or change to another network.',
        failed:
          'No direct path between you and {name}, and this Ferry has no relay. Ask the person who runs Ferry to set one up, or try again from another network.',
      },
      relayFailed: {
        stalled:
          'No direct path between you and {name}, and no relay can be used from here. It keeps trying; tell the person who runs Ferry, or change to another network.',
        failed:
          'No direct path between you and {name}, and no relay could be used from here. Tell the person who runs Ferry, or try again from another network.',
      },
      candidatesMissing: {
        stalled:
          'Your browser has no address to connect from: no network, WebRTC is switched off, or “Relay only” is on without a relay. Ferry keeps trying; check your network and Settings, or ask your help desk about WebRTC.',
        failed:
          'Your browser has no address to connect from: no network, WebRTC is switched off, or “Relay only” is on without a relay. Check your network and Settings, or ask your help desk about WebRTC, then try again.',
      },
    },
    versionUnsupported:
      'You and {name} run versions of Ferry that cannot talk to each other. Reload this page, and ask {name} to do the same.',
    receive: {
      sourceChanged: '“{file}” changed on {name}’s disk while it was sent. Ask {name} to send it again.',
      storeFull: 'There is no space left where it is kept. Make room there, then resume.',
      storeFullBy:
        'Needs {needed}, {free} is free in this browser. Clear received files you have saved, or choose fewer files.',
      storeFullByOrFolder: 'Needs {needed}, {free} is free. Choose a folder to save straight to disk.',
      storeFullMidway:
        'Needs {needed} more, {free} is free in this browser. Clear received files you have saved: it continues by itself when there is room.',
      storeFullMidwayOrFolder:
        'Needs {needed} more, {free} is free in this browser. Clear received files you have saved, or choose a folder: it continues by itself when there is room.',
      storeFailed: 'This browser could not write to its storage. Check the disk, then try again.',
      folderLocked: 'Your browser must let Ferry open the folder again. Allow it, and it continues.',
      notShared: '“{file}” is not in the catalog any more. Search for another copy, or ask {name}.',
      filesChanged: '“{file}” changed at {name}’s since you began. Fetch it as it is now, or go on without it.',
      ownerUnreadable: '{name}’s browser cannot open the files now. Ferry asks again by itself.',
      versionGone: '“{file}” is not in the Store any more: it was deleted, or its time was over. Ask {name} for it.',
      keyMissing:
        '{name} sent it before Ferry knew this browser, so it cannot be opened here. Open Ferry in the browser you used before, or ask {name} to send it again.',
      noSources: '{name} no longer offers it. Ask {name} to send it again.',
      chunkCorrupt:
        'Pieces of “{file}” kept arriving damaged and were thrown away. Try again; if it keeps failing, ask {name} to send it again.',
      manifestInvalid: 'The list of files from {name} makes no sense. Ask {name} to reload the page and send it again.',
      protocol: 'The other side said something Ferry does not understand. Both of you reload the page, then try again.',
    },
    fetch: {
      sourceChanged: '“{file}” changed at {name}’s while it was fetched. Download it again from the catalog.',
      noSources: 'Nobody who has it offers it any more. Search the catalog for another copy, or ask {name}.',
      chunkCorrupt:
        'Pieces of “{file}” kept arriving damaged and were thrown away. Try again, or search for another copy.',
      manifestInvalid: 'The list of files from {name} makes no sense. Ask {name} to reload the page, then try again.',
    },
    stored: {
      noSources: 'Too few people who keep it can be reached. Try again when more of them are online.',
      chunkCorrupt:
        'Pieces of “{file}” kept arriving damaged and were thrown away. Try again: others who keep it are asked first.',
      manifestInvalid: 'The pieces of “{file}” do not fit together. Try again; if it keeps failing, ask {name} for it.',
    },
    serve: {
      sourceChanged: '“{file}” changed on your disk while {name} fetched it. {name} can fetch it as it is now.',
      chunkCorrupt: 'Pieces of “{file}” kept arriving damaged at {name}’s. {name} can try again.',
      filesLocked: 'Your browser cannot open it now. Look under “What you share” in the Catalog, and it goes on.',
    },
    send: {
      sourceChanged: '“{file}” changed on your disk while it was sent. Add it again and send it anew.',
      storeFull: '{name}’s browser is out of space. Try again when they have made room.',
      storeFailed: '{name}’s browser could not write to its storage. Try again later.',
      filesLocked: 'Your browser must let Ferry open the files again. Allow it, and it continues.',
      filesNeeded: {
        file: 'Choose “{file}” again to continue. Nothing that was sent is sent twice.',
        files: 'Choose “{file}” and the files sent with it again to continue. Nothing that was sent is sent twice.',
        folder: 'Choose the folder “{file}” again to continue. Nothing that was sent is sent twice.',
        mixed:
          'Choose “{file}” and what was sent with it again to continue, files and folders. Nothing that was sent is sent twice.',
      },
      filesDiffer:
        '“{file}” is not the file that was announced: its size, date or content differs. Choose the original again, or cancel and send the new one.',
      folderLocked: '{name} must let their browser open the folder again, and then it continues by itself.',
      notShared: 'You do not share this any more.',
      noSources: 'The files are no longer at hand here. Try again, or add them once more and send them anew.',
      chunkCorrupt: 'Pieces of “{file}” kept arriving damaged. Try again.',
      manifestInvalid: '{name}’s Ferry could not read the list of files. Both of you reload the page, then try again.',
      protocol: 'The other side said something Ferry does not understand. Both of you reload the page, then try again.',
    },
  },
};
