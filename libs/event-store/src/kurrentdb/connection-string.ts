import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { say, term, ToldError, verbatim } from '#kernel';
import type { Said } from '#kernel';

/** A node, by its name or IPv4 address. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** By whom the log is asked. Given with each call, never in a URL. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What a connection string says, in parts. */
export interface ServerAddress {
  readonly hosts: readonly Endpoint[];
  /** Whether a leader is to be looked for: several hosts are named, or one that stands for all nodes of a cluster. */
  readonly cluster: boolean;
  readonly tls: boolean;
  /** Undefined where the string names nobody. */
  readonly credentials: Credentials | undefined;
  /** For how long a node may keep who looks for the leader waiting, in milliseconds. */
  readonly gossipMilliseconds: number;
  /** The options that the client is given for one node, written as a query. Holds no secret. */
  readonly clientOptions: string;
  /** What an operator should know though it is no fault. */
  readonly warnings: readonly string[];
}

/** A connection string that cannot be used. Its message never repeats the string, since it may hold a password. */
export class WrongConnectionString extends ToldError {}

const schemes = /^(?:kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\//;
const defaultPort = 2113;
const highestPort = 65_535;
const defaultGossipSeconds = 2;

/**
 * The parts of a connection string: `kurrentdb://user:password@host:2113?tls=true`, with the schemes and options of the
 * server's documentation. In the user and the password every character but letters and digits may be percent-encoded.
 * @throws WrongConnectionString
 */
export function addressIn(connectionString: string): ServerAddress {
  const text = connectionString.trim();
  const scheme = schemes.exec(text);
  if (!scheme) {
    throw new WrongConnectionString(beginsOtherwise());
  }
  const rest = text.slice(scheme[0].length);
  const authority = /^[^/?#]*/.exec(rest)![0];
  const tail = rest.slice(authority.length);
  const at = authority.lastIndexOf('@');
  if (/^#|^\/[^?]*@|^\?[^=]*@/.test(tail)) {
    throw new WrongConnectionString(isNotEncoded());
  }
  const query = /^\/*(?:\?(.*))?$/.exec(tail);
  if (!query) throw new WrongConnectionString(goesOnOtherwise());
  const credentials = at < 0 ? undefined : credentialsIn(authority.slice(0, at));
  const hosts = authority
    .slice(at + 1)
    .split(',')
    .map(endpointIn);
  return { hosts, credentials, ...optionsIn(query[1], hosts.length > 1 || scheme[1] !== undefined, credentials) };
}

/** Why a connection string cannot be used, without repeating it; undefined where it can. */
export function faultOfKurrentUrl(connectionString: string): Said | undefined {
  try {
    addressIn(connectionString);
    return undefined;
  } catch (error) {
    if (error instanceof WrongConnectionString) return error.said;
    throw error;
  }
}

/** What an operator should know of a connection string that can be used. */
export const warningsOfKurrentUrl = (connectionString: string): readonly string[] =>
  addressIn(connectionString).warnings;

function credentialsIn(text: string): Credentials {
  const colon = text.indexOf(':');
  const username = decoded(colon < 0 ? text : text.slice(0, colon), itsUser);
  const password = colon < 0 ? '' : decoded(text.slice(colon + 1), itsPassword);
  if (!username || !password) throw new WrongConnectionString(namesHalf());
  if (username.includes(':')) throw new WrongConnectionString(userHasColon());
  return { username, password };
}

function endpointIn(text: string): Endpoint {
  if (/^\[|::/.test(text)) {
    throw new WrongConnectionString(isIpv6());
  }
  const parts = /^([\w.-]+)(?::(\d+))?$/.exec(text);
  if (!parts) throw new WrongConnectionString(namesNoHosts());
  const port = parts[2] === undefined ? defaultPort : Number(parts[2]);
  if (port < 1 || port > highestPort) throw new WrongConnectionString(namesNoPort({ highest: highestPort }));
  return { host: parts[1]!, port };
}

/** How the value of an option is read. Each throws where it cannot be. */
type Reader = (value: string, name: string) => string;

const truth: Reader = (value, name) => {
  if (value === 'true' || value === 'false') return value;
  throw new WrongConnectionString(isNoTruth({ name }));
};

const whole: Reader = (value, name) => {
  if (/^[1-9]\d{0,8}$/.test(value) || (value === '-1' && name.startsWith('keepAlive'))) return value;
  throw new WrongConnectionString(isNotWhole({ name }));
};

const file: Reader = (value, name) => {
  try {
    readFileSync(value);
    return value;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new WrongConnectionString(isNotRead({ name, code, value }));
  }
};

const certificate: Reader = (value, name) => {
  file(value, name);
  try {
    new X509Certificate(readFileSync(value));
    return value;
  } catch {
    throw new WrongConnectionString(isNoCertificate({ name, value }));
  }
};

const leaderAlone: Reader = (value) => {
  if (value.toLowerCase() === 'leader') return value;
  throw new WrongConnectionString(prefersOthers());
};

const conflictsThrown: Reader = (value, name) => {
  if (truth(value, name) === 'true') return value;
  throw new WrongConnectionString(hidesConflicts());
};

/** The options of the client, as it writes them. */
const readers: Readonly<Record<string, Reader>> = {
  tls: truth,
  tlsVerifyCert: truth,
  tlsCaFile: certificate,
  userCertFile: certificate,
  userKeyFile: file,
  connectionName: (value) => value,
  keepAliveInterval: whole,
  keepAliveTimeout: whole,
  defaultDeadline: whole,
  gossipTimeout: whole,
  discoveryInterval: whole,
  maxDiscoverAttempts: whole,
  nodePreference: leaderAlone,
  throwOnAppendFailure: conflictsThrown,
};
/** Those that say how the client looks for a leader, which the connection does itself. */
const ofDiscovery = ['gossipTimeout', 'discoveryInterval', 'maxDiscoverAttempts', 'nodePreference'];

/** Names may be written with capitals, hyphens and underscores, or without. */
const flat = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');
const names = new Map(Object.keys(readers).map((name) => [flat(name), name]));

function optionsIn(query: string | undefined, cluster: boolean, credentials: Credentials | undefined) {
  const options = new Map<string, string>();
  for (const pair of query ? query.split('&') : []) {
    const [, written, raw] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (written === undefined) throw new WrongConnectionString(isNoOption());
    const name = names.get(flat(written));
    if (!name) throw new WrongConnectionString(unknown(written, query!));
    if (options.has(name)) throw new WrongConnectionString(isGivenTwice({ name }));
    options.set(name, readers[name]!(decoded(raw!, verbatim(name)), name));
  }
  const tls = options.get('tls') !== 'false';
  const ofTls = ['tlsCaFile', 'userCertFile', 'userKeyFile'].find((name) => options.has(name));
  if (!tls && ofTls) throw new WrongConnectionString(hasNoMeaning({ name: ofTls }));
  if (options.has('userCertFile') !== options.has('userKeyFile')) {
    throw new WrongConnectionString(givesHalf());
  }
  const given = [...options].filter(([name]) => !ofDiscovery.includes(name));
  return {
    cluster,
    tls,
    gossipMilliseconds: 1_000 * Number(options.get('gossipTimeout') ?? defaultGossipSeconds),
    clientOptions: given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
    warnings: warningsOf(options, tls, credentials),
  };
}

/** Names the option only where it cannot be a part of a password that was not encoded. */
function unknown(option: string, query: string): Said {
  const known = Object.keys(readers);
  const isTold = /^[\w-]{1,40}$/.test(option) && !query.includes('@');
  return isTold ? isUnknownOption({ option, known }) : hasUnknownOption({ known });
}

function warningsOf(
  options: ReadonlyMap<string, string>,
  tls: boolean,
  credentials: Credentials | undefined,
): string[] {
  const warnings: string[] = [];
  if (tls && options.get('tlsVerifyCert') === 'false') {
    warnings.push('tlsVerifyCert=false: whoever stands between can read and change what goes to the event store');
  }
  if (!tls && credentials) warnings.push('tls=false: the user and the password are not sent, and anybody may be meant');
  const unheeded = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].filter((name) => process.env[name]);
  if (tls && unheeded.length > 0 && !options.has('tlsCaFile')) {
    warnings.push(`${unheeded.join(' and ')} tell the event store's client nothing: tlsCaFile names its authority`);
  }
  return warnings;
}

function decoded(text: string, what: Said): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WrongConnectionString(hasBarePercent({ what }));
  }
}

const beginsOtherwise = say(
  'must begin with kurrentdb://, kurrentdb+discover:// or esdb://',
  'ska börja med kurrentdb://, kurrentdb+discover:// eller esdb://',
);
const isNotEncoded = say(
  'must have / ? # and % in the user and the password written as %2F %3F %23 and %25',
  'ska ha / ? # och % i användare och lösenord skrivna som %2F %3F %23 och %25',
);
const goesOnOtherwise = say(
  'must end after its hosts, or go on with ? and options',
  'ska sluta efter värdarna, eller fortsätta med ? och inställningar',
);
const itsUser = term('user', 'its user', 'användaren');
const itsPassword = term('password', 'its password', 'lösenordet');
const namesHalf = say(
  'must name both a user and a password, or neither',
  'ska ange både användare och lösenord, eller inget',
);
const userHasColon = say('cannot name a user with a colon', 'kan inte ange en användare med kolon');
const isIpv6 = say(
  'cannot name an IPv6 address, which the client does not take: give a name',
  'kan inte ange en IPv6-adress, som klienten inte tar emot: ange ett namn',
);
const namesNoHosts = say(
  'must name hosts as name:port, separated by commas',
  'ska ange värdar som namn:port, med komma emellan',
);
const namesNoPort = say('must name ports from 1 to {highest}', 'ska ange portar från 1 till {highest}');
const isNoTruth = say('must give {name} as true or false', 'ska ange {name} som true eller false');
const isNotWhole = say('must give {name} as a whole number above 0', 'ska ange {name} som ett heltal över 0');
const isNotRead = say(
  'names a file as {name} that cannot be read ({code}): {value}',
  'anger en fil som {name} som inte kan läsas ({code}): {value}',
);
const isNoCertificate = say(
  'names a file as {name} that holds no certificate: {value}',
  'anger en fil som {name} som inte innehåller något certifikat: {value}',
);
const prefersOthers = say(
  'must not set nodePreference to anything but leader: other nodes lag behind what was acknowledged',
  'får inte ange nodePreference som något annat än leader: andra noder ligger efter det som har bekräftats',
);
const hidesConflicts = say(
  'must not set throwOnAppendFailure to false, which hides conflicts',
  'får inte ange throwOnAppendFailure som false, vilket döljer konflikter',
);
const isNoOption = say(
  'must give its options as name=value, joined by &',
  'ska ange inställningar som namn=värde, sammanfogade med &',
);
const isGivenTwice = say('gives {name} twice', 'anger {name} två gånger');
const hasNoMeaning = say(
  'gives {name}, which has no meaning where tls=false',
  'anger {name}, som inte betyder något när tls=false',
);
const givesHalf = say(
  'must give userCertFile and userKeyFile together',
  'ska ange userCertFile och userKeyFile tillsammans',
);
const isUnknownOption = say(
  'has the option {option}, which is not known; known are {known}',
  'har inställningen {option}, som är okänd; kända är {known}',
);
const hasUnknownOption = say(
  'has an option, which is not known; known are {known}',
  'har en inställning som är okänd; kända är {known}',
);
const hasBarePercent = say('must have each % in {what} written as %25', 'ska ha varje % i {what} skrivet som %25');
