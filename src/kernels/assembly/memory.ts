import { Control } from '../layout';

@inline
export function whole(slot: i32): u32 {
  return load<u32>(<usize>Control.Arguments + (<usize>slot << 3));
}

@inline
export function real(slot: i32): f64 {
  return load<f64>(<usize>Control.Arguments + (<usize>slot << 3));
}
