// The STUN and TURN servers a browser should use, in the shape RTCConfiguration takes.
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

export interface IceConfiguration {
  iceServers: IceServer[];
  /** When the credentials end, in milliseconds since the epoch; null when there are none. */
  expiresAt: number | null;
  /** More STUN addresses, only of use to tell what kind of address translation there is (RFC 5780, section 4.3). */
  probeUrls: string[];
}
