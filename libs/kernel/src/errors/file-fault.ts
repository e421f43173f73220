/** Why a file or a folder cannot be used. */
export interface FileFault {
  /** In words for whoever named it. */
  readonly message: string;
  /** Whether it is not there. */
  readonly isMissing: boolean;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no right to it: give the right, or name another',
  EEXIST: 'it is a file, where a folder is wanted',
  EISDIR: 'it is a folder, where a file is wanted',
  ENOSPC: 'there is no room left on its disk',
  ENOTDIR: 'a part of its path is a file, where a folder is wanted',
  EPERM: 'this user has no right to it: give the right, or name another',
  EROFS: 'its disk cannot be written to: name another place',
};

/** What an error of the file system means for who named the file. @returns undefined where the error is another one */
export function fileFaultOf(error: unknown): FileFault | undefined {
  const { code, path } = Object(error) as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string' || typeof path !== 'string') return undefined;
  if (code === 'ENOENT') return { message: `There is no ${path}`, isMissing: true };
  const reason = reasons[code];
  return reason === undefined ? undefined : { message: `${path} cannot be used: ${reason}`, isMissing: false };
}
