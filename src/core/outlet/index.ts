export { shortestSecret, type Place, type Secret } from './hider';
export { joined, own, phrase, type Outgoing } from './outgoing';
export { createOutlet, type Outlet } from './outlet';
