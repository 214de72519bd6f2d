/** A setting's value as JSON; throws a TypeError for what JSON cannot hold. */
export function settingText(key: string, value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) {
    throw new TypeError(`the value of setting ${key} is not possible in JSON`);
  }
  return text;
}
