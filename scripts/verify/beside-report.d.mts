import type { Beside } from '../../src/verify/beside-binary';
import type { VerifyCheck } from '../../src/verify/verify-scenario';

/** What a page told of a call, and whether the binary wanted to send it over https. */
export type BesideRow = Beside & { readonly overTls: boolean };

export declare function besideCheck(row: BesideRow, version: string): VerifyCheck;
