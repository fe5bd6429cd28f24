import { VERSION } from '../../version.js';
import { type CellExecutor, createCellExecutor } from './cell-executor.js';
import { publishCell } from './cell-publisher.js';

type Jupyter = typeof import('tslab/dist/jupyter.js');
type Base = InstanceType<Jupyter['ZmqServer']>;
type Request = Parameters<Base['handleExecute']>[1];
type Socket = Base['shell'];

/**
 * Answers Jupyter as tslab does, with what the protocol asks for and tslab leaves out: failed cells publish an `error`
 * with name, message and traceback, and their reply has them too; cells given up after a failure are `aborted`;
 * `comm_info_request` gets its reply; requests are answered one after the other, so that a kernel is not called idle by
 * the end of a question that was asked while a cell runs; and the process ends when it is asked to, whatever cells have
 * left running.
 */
export async function startServer(
  tslab: NodeJS.Require,
  connectionFile: string,
  outputBytes: number,
): Promise<void> {
  const { JupyterHandlerImpl, ZmqServer } = tslab('tslab/dist/jupyter.js') as Jupyter;
  const { version } = tslab('@tslab/typescript-for-tslab') as { version: string };
  const executor = createCellExecutor(tslab);

  class Handler extends JupyterHandlerImpl {
    override handleKernel() {
      const info = super.handleKernel();
      return {
        ...info,
        status: 'ok',
        implementation: 'churnlab',
        implementation_version: VERSION,
        language_info: { ...info.language_info, version },
        banner: `TypeScript ${version} with churnlab ${VERSION}`,
      };
    }
  }

  class Server extends ZmqServer {
    /** Over when everything before has been answered. */
    private answered: Promise<void> = Promise.resolve();

    override handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void> {
      const answer = () => super.handleShellMessage(socket, ...frames);
      // The control channel is there to be heard at once.
      if (socket !== this.shell) return answer();
      this.answered = this.answered.then(answer, answer);
      return this.answered;
    }

    override async handleExecute(socket: Socket, request: Request): Promise<void> {
      const cell = publishCell((type, content) => this.send(this.iopub, request, type, content), outputBytes);
      const atExit = () => cell.flush();
      process.on('exit', atExit);
      const code = request.content as Parameters<Base['handler']['handleExecute']>[0];
      const { status, execution_count } = await this.handler.handleExecute(code, cell.write, cell.display);
      cell.flush();
      process.off('exit', atExit);
      const reply = { execution_count, ...outcome(status, executor) };
      if (status === 'error') this.send(this.iopub, request, 'error', reply);
      this.send(socket, request, 'execute_reply', reply);
    }

    override handleCommInfoRequest(socket: Socket, request: Request): void {
      this.send(socket, request, 'comm_info_reply', { status: 'ok', comms: {} });
    }

    override close(): void {
      super.close();
      setTimeout(() => process.exit(), 100);
    }

    private send(socket: Base['iopub'] | Socket, request: Request, type: string, content: object): void {
      const message = request.createReply();
      message.header.msg_type = type;
      message.content = content;
      message.signAndSend(this.connInfo.key, socket);
    }
  }

  process.on('SIGINT', () => executor.interrupt());
  process.on('uncaughtException', (fault) => console.error('Uncaught:', fault));
  process.on('unhandledRejection', (reason) => console.error('Unhandled rejection:', reason));
  await new Server(new Handler(executor, false), connectionFile).init();
}

function outcome(status: string, executor: CellExecutor): object {
  if (status === 'error') return { status, ...executor.lastError() };
  return { status: status === 'abort' ? 'aborted' : status };
}
