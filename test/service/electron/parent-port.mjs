// What Electron gives a utility process, over the channel that Node gives a child: messages, without ports.
import { EventEmitter } from 'node:events';

process.parentPort = Object.assign(new EventEmitter(), { postMessage: (message) => process.send(message) });
process.on('message', (data) => process.parentPort.emit('message', { data, ports: [] }));
