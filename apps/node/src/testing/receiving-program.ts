// A program that accepts whatever is sent to somebody: `node receiving-program.ts <origin> <username> <password>`. Says
// `ready`, then the SHA-256 of each file that is whole. To be run on another computer than the test.
import { EnginePeer } from './engine-peer.ts';

const [origin, username, password] = process.argv.slice(2);
const peer = await EnginePeer.join({ origin: origin!, username: username!, password: password! });
peer.exchange.events.on('incoming', (receiver) => {
  receiver.events.on('change', () => {
    if (receiver.state.status === 'done') void peer.sha256(receiver).then((sha256) => console.log(sha256));
  });
});
// As soon as it can be found among the people.
await peer.deviceOf(username!);
console.log('ready');
