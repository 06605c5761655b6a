import { config } from 'zod/v4/core';

// The SDK's schemas would compile themselves with `new Function`, and first probe whether they may: both go against the page's
// content security policy, and the probe alone reports a violation. Import this before the SDK.
config({ jitless: true });
