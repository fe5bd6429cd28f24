import { Control, Slot } from '../layout';

@inline
export function whole(slot: Slot): u32 {
  return load<u32>(<usize>Control.Arguments + (<usize>slot << 3));
}

@inline
export function real(slot: Slot): f64 {
  return load<f64>(<usize>Control.Arguments + (<usize>slot << 3));
}
