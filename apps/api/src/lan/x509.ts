// The X.509 library, with the polyfill that must be there before it. Nothing of ours.
import 'reflect-metadata';

export * from '@peculiar/x509';
