export { shortestSecret, type Place, type Secret } from './hider';
export { phrase, type Outgoing } from './outgoing';
export { createOutlet, type Outlet } from './outlet';
