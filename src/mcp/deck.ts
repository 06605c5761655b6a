export type * from '../deck/deck';
