// Which devices came and which left since the last look. Knows nothing of what they are for.

export class OnlineDevices {
  #online: ReadonlySet<string> = new Set();

  look(deviceIds: Iterable<string>): { came: string[]; left: string[] } {
    const before = this.#online;
    const online = new Set(deviceIds);
    this.#online = online;
    return {
      came: [...online].filter((deviceId) => !before.has(deviceId)),
      left: [...before].filter((deviceId) => !online.has(deviceId)),
    };
  }
}
