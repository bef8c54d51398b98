import * as z from 'zod'

// The content-security policy forbids eval; imported before any module that makes a schema.
z.config({ jitless: true })
