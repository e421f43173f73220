/** A server of its own process that speaks MongoDB's wire protocol, and keeps in its file what it has answered. */
export interface MongoWire {
  /** Without a database. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it as a power cut would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops it where it stands: its connections stay open, and nothing is answered. Linux only. */
  freeze(): Promise<void>;
  /** Lets a frozen one go on. */
  thaw(): void;
  /** Ends it, frozen or not. */
  stop(): Promise<void>;
}

export interface MongoWireOptions {
  /** Where the documents are kept. The file grows quickly: one short run, one file. */
  readonly file: string;
  /** A free one where it is left out. */
  readonly port?: number;
  /** Where the server is prepared, unless in `var/servers`. */
  readonly folder?: string;
}

/** Starts it, prepared first where it is not. Needs a JDK 17, and Maven for the first time. It ends with this process. */
export declare function startMongoWire(options: MongoWireOptions): Promise<MongoWire>;
