import { describe, expect, it } from 'vitest';
import { collectOutputs } from '../../src/notebooks/outputs.js';

const message = (type: string, content: Record<string, unknown>) => ({
  id: '',
  type,
  parentId: null,
  content,
});
const stream = (name: string, text: string) => message('stream', { name, text });
const display = (type: string, text: string, id?: string) =>
  message(type, { data: { 'text/plain': text }, metadata: {}, transient: { display_id: id } });

describe('collectOutputs', () => {
  it('joins neighbouring texts of one stream', () => {
    const collector = collectOutputs();
    const outputs = collector.nextCell();
    for (const [name, text] of [
      ['stdout', 'a'],
      ['stdout', 'b\n'],
      ['stderr', 'c'],
      ['stdout', 'd'],
    ] as const) {
      collector.add(stream(name, text));
    }
    expect(outputs).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'ab\n' },
      { output_type: 'stream', name: 'stderr', text: 'c' },
      { output_type: 'stream', name: 'stdout', text: 'd' },
    ]);
  });

  it('updates a display where it stands, in an earlier cell too', () => {
    const collector = collectOutputs();
    const first = collector.nextCell();
    collector.add(display('display_data', 'half', 'bar'));
    const second = collector.nextCell();
    collector.add(display('update_display_data', 'done', 'bar'));
    collector.add(display('update_display_data', 'lost', 'unknown'));
    expect(first).toEqual([{ output_type: 'display_data', data: { 'text/plain': 'done' }, metadata: {} }]);
    expect(second).toEqual([]);
  });

  it('keeps errors and results, and passes over what a notebook does not show', () => {
    const collector = collectOutputs();
    const outputs = collector.nextCell();
    collector.add(message('execute_input', { code: '1' }));
    collector.add(
      message('execute_result', { data: { 'text/plain': '1' }, metadata: {}, execution_count: 4 }),
    );
    collector.add(message('error', { ename: 'E', evalue: 'v', traceback: ['t'] }));
    expect(outputs).toEqual([
      { output_type: 'execute_result', data: { 'text/plain': '1' }, metadata: {}, execution_count: 4 },
      { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
    ]);
  });
});
