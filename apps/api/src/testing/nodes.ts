// A holder without a browser that has signed in, in tests of the server.
import type { TestBrowser, TestServer } from './test-server.ts';

/** @param owner makes it */
export async function signInNode(server: TestServer, owner: TestBrowser, name = 'Cellar'): Promise<TestBrowser> {
  const { node, token } = await owner.http.nodes.create.mutate({ name });
  return signInWith(server, token, node.nodeId);
}

export async function signInWith(server: TestServer, token: string, deviceId: string): Promise<TestBrowser> {
  const browser = server.browser(deviceId);
  await browser.http.auth.signInNode.mutate({ token });
  return browser;
}
