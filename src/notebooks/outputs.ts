import { z } from 'zod';
import type { Message } from './kernel/message.js';
import type { Output } from './notebook.js';

const streamSchema = z.object({ name: z.enum(['stdout', 'stderr']), text: z.string() });
const displaySchema = z.object({
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
  execution_count: z.int().nullable().default(null),
  transient: z.object({ display_id: z.string().optional() }).default({}),
});
const errorSchema = z.object({ ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) });

type Display = Extract<Output, { output_type: 'display_data' | 'execute_result' }>;

/** Gathers what a kernel publishes into the outputs of one cell after the other. */
export interface OutputCollector {
  /** Begins the next cell: its list, which fills as messages arrive. */
  nextCell(): Output[];
  add(message: Message): void;
}

/**
 * Makes a collector for one run of a notebook. Neighbouring texts of one stream become one output;
 * an update of a display changes it where it stands, also in an earlier cell; unknown messages are passed over.
 *
 * @param onMoving told the text of a display that can move in place, such as a bar, whenever it does
 */
export function collectOutputs(onMoving: (text: string) => void = () => {}): OutputCollector {
  const displays = new Map<string, Display>();
  let outputs: Output[] = [];
  const show = (output: Display, id: string | undefined): void => {
    outputs.push(output);
    if (id !== undefined) displays.set(id, output);
  };
  return {
    nextCell: () => {
      outputs = [];
      return outputs;
    },
    add: ({ type, content }) => {
      if (type === 'stream') addText(outputs, streamSchema.parse(content));
      if (type === 'error') outputs.push({ output_type: 'error', ...errorSchema.parse(content) });
      if (!/^(?:display_data|update_display_data|execute_result)$/.test(type)) return;
      const { data, metadata, execution_count, transient } = displaySchema.parse(content);
      const shown = displays.get(transient.display_id ?? '');
      const text = data['text/plain'];
      if (transient.display_id !== undefined && typeof text === 'string') onMoving(text);
      if (type === 'update_display_data' && shown) Object.assign(shown, { data, metadata });
      if (type === 'display_data') show({ output_type: type, data, metadata }, transient.display_id);
      if (type === 'execute_result') outputs.push({ output_type: type, data, metadata, execution_count });
    },
  };
}

function addText(outputs: Output[], { name, text }: z.infer<typeof streamSchema>): void {
  const last = outputs.at(-1);
  if (last?.output_type === 'stream' && last.name === name) last.text += text;
  else outputs.push({ output_type: 'stream', name, text });
}
