const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '⟨instant⟩'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '⟨uuid⟩'],
  [/(?:\/private)?\/(?:tmp|var\/tmp|var\/folders)\/[^\s"'`<>()[\]{},;]+/g, '⟨temporary path⟩'],
  [/\b[A-Z]:\\Users\\[^\\\s]+\\AppData\\Local\\Temp\\[^\s"'`<>()[\]{},;]+/gi, '⟨temporary path⟩'],
  [
    new RegExp(
      String.raw`\b(took|taken|in|after|elapsed|duration|lasted|ran for)([:=]?\s+)(?:about\s+)?${NUMBER}(?:\s|\u00a0)?(?:ms|s|sec|seconds?|min|minutes?)(?![\p{L}\p{N}])(?!\s*[/²])`,
      'giu',
    ),
    '$1$2⟨duration⟩',
  ],
  [/\b0x[0-9a-f]{8,16}\b/gi, '⟨address⟩'],
  [/\b(pid[ :=]+)\d+/gi, '$1⟨process⟩'],
];

/**
 * A text in which whatever changes from run to run by its nature has been put out of sight:
 *
 * - instants with milliseconds, as `toISOString` prints them (days and times without milliseconds stay: they are data);
 * - UUIDs;
 * - paths in the system's temporary folders;
 * - durations in ms, seconds or minutes right after *took*, *taken*, *in*, *after*, *elapsed*, *duration*, *lasted* or
 *   *ran for* (hours and days stay: they are data, as is `5 min` behind other words);
 * - memory addresses of eight digits or more after `0x`, and the number after `pid`.
 */
export function maskVolatile(text: string): string {
  return MASKS.reduce((masked, [pattern, name]) => masked.replace(pattern, name), text);
}
