import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeTemporaryFolder, removeTemporary } from '../temporary-files.js';

/** An embedded DuckDB of its own, with a temporary folder that goes with it. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Ends it and removes its folder; a second call does nothing. */
  close(): Promise<void>;
}

/**
 * Starts DuckDB on two threads: in memory, or `onDisk` in a temporary file so that tables larger than memory
 * fit. It can load no extension and reach no network.
 */
export async function openEngine(options: { onDisk: boolean }): Promise<Engine> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = await makeTemporaryFolder();
  try {
    const instance = await DuckDBInstance.create(options.onDisk ? join(folder, 'rows.duckdb') : ':memory:', {
      threads: '2',
      // Writing needs less (sorting spills), and happens beside a reader's engine and a model.
      memory_limit: options.onDisk ? '300MB' : '600MB',
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
    const connection = await instance.connect();
    let isOpen = true;
    return {
      connection,
      close: async () => {
        if (!isOpen) return;
        isOpen = false;
        connection.closeSync();
        instance.closeSync();
        await removeTemporary(folder);
      },
    };
  } catch (error) {
    await removeTemporary(folder);
    throw error;
  }
}
