import { Node, NodeFlag, Size, Slot } from '../layout';
import { whole } from './memory';
import { takeUnit } from './team';

/** Adds the trees' values to the scores of every row. */
export function walkShare(thread: i32): void {
  const rows = whole(Slot.WalkRows);
  const width = <usize>whole(Slot.WalkWidth);
  const cells = <usize>whole(Slot.WalkCells) + <usize>thread * ((<usize>Size.WalkUnit * width) << 3);
  for (let begin = <u32>takeUnit() * Size.WalkUnit; begin < rows; begin = <u32>takeUnit() * Size.WalkUnit) {
    const count = min(Size.WalkUnit, rows - begin);
    layCells(cells, begin, count, width);
    walkUnit(cells, begin, count, width << 3);
  }
}

function layCells(cells: usize, begin: u32, count: u32, width: usize): void {
  const rows = <usize>whole(Slot.WalkRows);
  for (let column: usize = 0; column < width; column++) {
    let from = <usize>whole(Slot.WalkInputs) + ((column * rows + begin) << 3);
    let to = cells + (column << 3);
    for (let row: u32 = 0; row < count; row++, from += 8, to += width << 3) {
      store<f64>(to, load<f64>(from));
    }
  }
  // Whole fours of rows are walked: the last row stands in for those that are not there.
  for (let row = count; row < ((count + 3) & ~3); row++) {
    memory.copy(cells + <usize>row * (width << 3), cells + <usize>(count - 1) * (width << 3), width << 3);
  }
}

function walkUnit(cells: usize, begin: u32, count: u32, size: usize): void {
  const nodes = <usize>whole(Slot.WalkNodes);
  const roots = <usize>whole(Slot.WalkRoots);
  const trees = whole(Slot.WalkTrees);
  const output = <usize>whole(Slot.WalkScores) + (<usize>begin << 3);
  for (let tree: u32 = 0; tree < trees; tree++) {
    const root = nodes + <usize>load<u32>(roots + (<usize>tree << 2)) * Node.Size;
    let row: u32 = 0;
    for (let cell = cells; row < count; row += 4, cell += size << 2) {
      const second = cell + size;
      const third = second + size;
      const fourth = third + size;
      let a = root;
      let b = root;
      let c = root;
      let d = root;
      let open = load<u16>(root, Node.Flags) & 1;
      while (open) {
        a = childOf(nodes, a, cell);
        b = childOf(nodes, b, second);
        c = childOf(nodes, c, third);
        d = childOf(nodes, d, fourth);
        open =
          (load<u16>(a, Node.Flags) | load<u16>(b, Node.Flags) | load<u16>(c, Node.Flags) | load<u16>(d, Node.Flags)) &
          1;
      }
      addValue(output, row, a);
      if (row + 1 < count) addValue(output, row + 1, b);
      if (row + 2 < count) addValue(output, row + 2, c);
      if (row + 3 < count) addValue(output, row + 3, d);
    }
  }
}

@inline
function childOf(nodes: usize, node: usize, cells: usize): usize {
  const flags = <u32>load<u16>(node, Node.Flags);
  const value = load<f64>(cells + (<usize>load<u16>(node, Node.Feature) << 3));
  const left = nodes + (<usize>load<u32>(node, Node.Left) << 4);
  if (flags & NodeFlag.Category) {
    const sides = <usize>whole(Slot.WalkLevels) + <usize>load<f64>(node, Node.Threshold);
    return left + (<usize>(1 - <u32>load<u8>(sides + <usize>(<i32>value + 1))) << 4);
  }
  const goesLeft = <u32>(value <= load<f64>(node, Node.Threshold)) | (<u32>(value != value) & (flags >> 1));
  return left + (<usize>(flags & (goesLeft ^ 1) & 1) << 4);
}

@inline
function addValue(output: usize, row: u32, leaf: usize): void {
  const place = output + (<usize>row << 3);
  store<f64>(place, load<f64>(place) + load<f64>(leaf, Node.Threshold));
}
