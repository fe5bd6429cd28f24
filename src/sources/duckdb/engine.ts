import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeTemporaryFolder, removeTemporary } from '../temporary-files.js';

/** An embedded DuckDB of its own, with a temporary folder that goes with it. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Ends it and removes its folder; a second call does nothing. */
  close(): Promise<void>;
}

export interface EngineOptions {
  /** In a temporary file, so that tables larger than memory fit, or in memory. */
  readonly onDisk: boolean;
  /** Memory from which on it spills to its folder; writing needs less, as it happens beside a reader and a model. */
  readonly memoryLimit?: string;
}

/**
 * Starts DuckDB on two threads. It can load no extension and reach no network, and its clock is UTC whatever the
 * machine's zone.
 */
export async function openEngine({
  onDisk,
  memoryLimit = onDisk ? '300MB' : '600MB',
}: EngineOptions): Promise<Engine> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = await makeTemporaryFolder();
  try {
    const instance = await DuckDBInstance.create(onDisk ? join(folder, 'rows.duckdb') : ':memory:', {
      threads: '2',
      memory_limit: memoryLimit,
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
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
