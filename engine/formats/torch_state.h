#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/formats/torch_zip.h"

namespace engine::formats {

/// The tensors of a state dictionary that torch.save wrote, by name, where the zip has them.
///
/// Its pickle is not run: of the opcodes those are understood that such a dictionary needs, of the
/// names in it those that stand for a dictionary, a tensor and the storages of plain numbers;
/// whatever else is met refuses the file. Tensors must be contiguous and lie inside their storage,
/// which several may share. Source: Python's pickletools; torch/_utils.py.
///
/// Errors: BadModelFile, ModelUnsupported (a kind of numbers that safetensors has no name for).
/// Every storage is compared with its checksum, so all of it is read once.
Result<TensorTable> read_torch_state(const TorchZip& zip);

} // namespace engine::formats
