import { z } from 'zod';

// zod compiles its checks with `new Function` where it may; under this page's policy the attempt alone is a violation.
z.config({ jitless: true });
