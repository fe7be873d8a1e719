"""Models for other programs: as ONNX, for TensorFlow, for Keras or as LiteRT, each with what its caller must do."""
