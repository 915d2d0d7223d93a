using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Converts floating parameters and buffers to a dtype.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Move(null, Floating(dtype), non_blocking);

            /// <summary>Moves parameters and buffers to a device.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Move(new Device(deviceType, deviceIndex), null, non_blocking);

            /// <summary>Moves parameters and buffers to a device and converts the floating ones to a dtype.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) =>
                Move(device, Floating(dtype), non_blocking);

            private Module Move(Device? device, ScalarType? dtype, bool non_blocking)
            {
                if (device is not null)
                {
                    InitializeDeviceType(device.type);
                }
                foreach (var (_, child) in named_children())
                {
                    _ = (device, dtype) switch
                    {
                        (null, { } type) => child._to(type, non_blocking),
                        ({ } place, null) => child._to(place.type, place.index, non_blocking),
                        ({ } place, { } type) => child._to(place, type, non_blocking),
                        _ => child,
                    };
                }
                var fields = FieldsOf(GetType()).ToLookup(field => field.ComponentName());
                foreach (var (key, parameter) in named_parameters(false).ToList())
                {
                    if (ReplaceParameter(dtype, device, parameter, out var moved))
                    {
                        Replace(key, parameter, moved!, fields);
                    }
                }
                foreach (var (key, buffer) in named_buffers(false).ToList())
                {
                    if (ReplaceBuffer(dtype, device, buffer, out var moved))
                    {
                        Replace(key, buffer, moved!, fields);
                    }
                }
                return this;
            }

            private void Replace(string key, Tensor old, Tensor moved, ILookup<string, System.Reflection.FieldInfo> fields)
            {
                if (moved is Parameter parameter)
                {
                    ConditionallyRegisterParameter(key, parameter);
                }
                else
                {
                    ConditionallyRegisterBuffer(key, moved);
                }
                foreach (var field in fields[key].Take(1))
                {
                    field.SetValue(this, moved);
                }
                old.DetachFromDisposeScope().Dispose();
            }

            /// <summary>
            /// Makes the parameter anew on the device and in the dtype, its gradient too; false where nothing would change.
            /// </summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                if (!WouldMove(dtype, device, param))
                {
                    return false;
                }
                using var silent = no_grad();
                p = new Parameter(Moved(dtype, device, param), param.requires_grad);
                p.DetachFromDisposeScope();
                using var gradient = param.grad;
                if (gradient is not null)
                {
                    using var moved = Moved(dtype, device, gradient);
                    p.grad = moved;
                }
                return true;
            }

            /// <summary>Makes the buffer anew on the device and, when floating, in the dtype; false where nothing would change.</summary>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = WouldMove(dtype, device, buffer) ? Moved(dtype, device, buffer).DetachFromDisposeScope() : null;
                return result is not null;
            }

            private static bool WouldMove(ScalarType? dtype, Device? device, Tensor tensor) =>
                TargetType(dtype, tensor) != tensor.dtype || (device is not null && !SamePlace(device, tensor.device));

            private static Tensor Moved(ScalarType? dtype, Device? device, Tensor tensor) =>
                tensor.to(TargetType(dtype, tensor), device ?? tensor.device);

            private static ScalarType TargetType(ScalarType? dtype, Tensor tensor) =>
                dtype is { } type && is_floating_point(tensor) ? type : tensor.dtype;

            private static bool SamePlace(Device one, Device other) =>
                one.type == other.type && (one.type == DeviceType.CPU || one.index < 0 || one.index == other.index);

            private static ScalarType Floating(ScalarType dtype) =>
                dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    ? dtype
                    : throw new ArgumentException($"A module converts to floating-point types only, and {dtype} is none.", nameof(dtype));

            internal T MoveModule<T>(Device? device, ScalarType? dtype) where T : Module => (T)((device, dtype) switch
            {
                ({ } place, { } type) => _to(place, type, false),
                ({ } place, null) => _to(place.type, place.index, false),
                (null, { } type) => _to(type, false),
                _ => this,
            });
        }
    }
}
