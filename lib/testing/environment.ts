/** Sets variables of the code under test, before anything reads the environment. */
export function setEnvironment(values: Record<string, string>): void {
  // biome-ignore lint/style/noProcessEnv: the environment of the code under test
  Object.assign(process.env, values);
}
