import 'server-only';
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import net from 'node:net';
import { AppError } from '../errors';

/**
 * Where no database is and other things are: link-local addresses (the metadata services of clouds among them) and
 * those that name no host. Loopback and private networks are open: databases live there, and only admins give addresses.
 */
const closed = new net.BlockList();
closed.addSubnet('0.0.0.0', 8, 'ipv4');
closed.addSubnet('169.254.0.0', 16, 'ipv4');
closed.addSubnet('224.0.0.0', 3, 'ipv4');
closed.addAddress('100.100.100.200', 'ipv4');
closed.addAddress('192.0.0.192', 'ipv4');
closed.addAddress('::', 'ipv6');
closed.addAddress('fd00:ec2::254', 'ipv6');
closed.addSubnet('fe80::', 10, 'ipv6');
closed.addSubnet('ff00::', 8, 'ipv6');

/** Whether Howdah connects to this IP address. IPv4 written as IPv6 counts as what it is. */
export function isOpenAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  const family = net.isIP(plain);
  return family !== 0 && !closed.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * A socket that looks at the address that it is about to connect to, after the name was resolved: a name that leads
 * somewhere else the second time leads nowhere. To be given to pg, which calls connect(port, host).
 */
export function guardedSocket(): net.Socket {
  const socket = new net.Socket();
  const plain: (options: net.TcpSocketConnectOpts) => net.Socket = socket.connect.bind(socket);
  return Object.assign(socket, {
    connect(port: number, host: string): net.Socket {
      if (net.isIP(host) === 0 || isOpenAddress(host)) return plain({ port, host, lookup: guardedLookup });
      process.nextTick(() => socket.destroy(closedAddress(host)));
      return socket;
    },
  });
}

type LookupCallback = (
  error: NodeJS.ErrnoException | AppError | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** Resolves a name, and refuses where it leads to an address that is not open. */
export function guardedLookup(host: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) callback(error, []);
    else if (!addresses.every(({ address }) => isOpenAddress(address))) callback(closedAddress(host), []);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
}

function closedAddress(host: string): AppError {
  return new AppError(
    'invalid',
    `Howdah does not connect to ${host}: its address is one of this machine's network itself.`,
    {
      hint: 'Give the host name of the PostgreSQL server.',
    },
  );
}
