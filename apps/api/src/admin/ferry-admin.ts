#!/usr/bin/env node
// The program: what whoever runs Ferry does to accounts and the database, beside a running server.
import { runAdmin } from './run-admin.ts';
import { openTerminal } from './terminal.ts';

process.exitCode = await runAdmin(process.argv.slice(2), process.env, openTerminal());
