export { shortestSecret, type HiddenPlace, type Secret } from './hider';
export { joined, own, phrase, type Outgoing } from './outgoing';
export { createOutlet, type Outlet } from './outlet';
