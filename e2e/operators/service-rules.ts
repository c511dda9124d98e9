// What every service of every compose file keeps to, as cases for a test file. Knows none of them by name.
import { describe, expect, test } from 'vitest';
import type { Service } from './compose-file.ts';

export function describeServices(services: [name: string, service: Service][]): void {
  describe.each(services)('the service %s', (_name, service) => {
    test('is an image of a full version, or built here', () => {
      if (!service.build) expect(service.image).toMatch(/:\d+\.\d+\.\d+(-[a-z0-9]+)?$/);
    });

    test('can change nothing of itself and gains no rights', () => {
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toContain('no-new-privileges:true');
    });

    test('is started again, looked after, and limited in what it takes', () => {
      expect(service.restart).toBe('unless-stopped');
      expect(service.healthcheck?.test.length).toBeGreaterThan(1);
      expect(service.deploy?.resources?.limits).toEqual({
        cpus: expect.any(String),
        memory: expect.any(String),
        pids: expect.any(Number),
      });
    });

    test('logs into files that are rotated', () => {
      const { driver, options } = service.logging!;
      expect(driver).toBe('json-file');
      expect(options).toEqual({
        'max-size': expect.stringMatching(/^\d+m$/),
        'max-file': expect.stringMatching(/^\d+$/),
      });
    });
  });
}
