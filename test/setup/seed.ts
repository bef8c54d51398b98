// Property tests try other values in each run. In CI they try the same ones, so that a change is never refused for what it did not touch.
import fc from 'fast-check'

if (process.env['CI']) fc.configureGlobal({ seed: 20_261_130 })
