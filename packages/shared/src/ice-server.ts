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
}
