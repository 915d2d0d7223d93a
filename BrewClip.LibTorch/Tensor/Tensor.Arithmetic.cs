using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The sum, broadcast.</summary>
        public Tensor add(Tensor target) => Aten.add_Tensor.CallBinary(this, target);

        /// <summary>This plus alpha times the target, broadcast.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.add_Tensor.Call(this, target, alpha);

        /// <summary>The number added to each element.</summary>
        public Tensor add(Scalar scalar) => Aten.add_Scalar.Call(this, scalar);

        /// <summary>Alpha times the number added to each element.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add_Scalar.Call(this, scalar, alpha);

        /// <summary>Adds the target, broadcast, in place.</summary>
        public Tensor add_(Tensor target) => Aten.add__Tensor.Apply(this, target);

        /// <summary>Adds alpha times the target, broadcast, in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Aten.add__Tensor.Apply(this, target, alpha);

        /// <summary>Adds the number, in place.</summary>
        public Tensor add_(Scalar scalar) => Aten.add__Scalar.Apply(this, scalar);

        /// <summary>Adds alpha times the number, in place.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.add__Scalar.Apply(this, scalar, alpha);

        /// <summary>The difference, broadcast.</summary>
        public Tensor sub(Tensor target) => Aten.sub_Tensor.CallBinary(this, target);

        /// <summary>The number taken from each element.</summary>
        public Tensor sub(Scalar target) => Aten.sub_Scalar.Call(this, target);

        /// <summary>Takes the target, broadcast, in place.</summary>
        public Tensor sub_(Tensor target) => Aten.sub__Tensor.Apply(this, target);

        /// <summary>Takes the number, in place.</summary>
        public Tensor sub_(Scalar target) => Aten.sub__Scalar.Apply(this, target);

        /// <summary>The difference, broadcast.</summary>
        public Tensor subtract(Tensor target) => sub(target);

        /// <summary>The number taken from each element.</summary>
        public Tensor subtract(Scalar target) => sub(target);

        /// <summary>Takes the target, in place.</summary>
        public Tensor subtract_(Tensor target) => sub_(target);

        /// <summary>Takes the number, in place.</summary>
        public Tensor subtract_(Scalar target) => sub_(target);

        /// <summary>The product of elements, broadcast.</summary>
        public Tensor mul(Tensor target) => Aten.mul_Tensor.CallBinary(this, target);

        /// <summary>Each element times the number.</summary>
        public Tensor mul(Scalar target) => Aten.mul_Scalar.Call(this, target);

        /// <summary>Multiplies by the target, broadcast, in place.</summary>
        public Tensor mul_(Tensor target) => Aten.mul__Tensor.Apply(this, target);

        /// <summary>Multiplies by the number, in place.</summary>
        public Tensor mul_(Scalar target) => Aten.mul__Scalar.Apply(this, target);

        /// <summary>The product of elements, broadcast.</summary>
        public Tensor multiply(Tensor target) => mul(target);

        /// <summary>Each element times the number.</summary>
        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>The quotient, broadcast; of integers a floating point one unless rounded.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Aten.div_Tensor.CallBinary(this, target)
                : Aten.div_Tensor_mode.Call(this, target, Rounding(rounding_mode));

        /// <summary>Each element divided by the number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Aten.div_Scalar.Call(this, target)
                : Aten.div_Scalar_mode.Call(this, target, Rounding(rounding_mode));

        /// <summary>Divides by the target, broadcast, in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.div__Tensor_mode.Apply(this, target, Rounding(rounding_mode));

        /// <summary>Divides by the number, in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.div__Scalar_mode.Apply(this, target, Rounding(rounding_mode));

        /// <summary>The quotient, broadcast.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>Each element divided by the number.</summary>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>The floating point quotient, broadcast.</summary>
        public Tensor true_divide(Tensor other) => Aten.true_divide_Tensor.CallBinary(this, other);

        /// <summary>Each element divided by the number, in floating point.</summary>
        public Tensor true_divide(Scalar other) => Aten.true_divide_Scalar.Call(this, other);

        /// <summary>The quotient rounded down.</summary>
        public Tensor floor_divide(Tensor other) => Aten.floor_divide.CallBinary(this, other);

        /// <summary>Each element divided by the number, rounded down.</summary>
        public Tensor floor_divide(Scalar other) => Aten.floor_divide_Scalar.Call(this, other);

        /// <summary>Divides by the target, rounded down, in place.</summary>
        public Tensor floor_divide_(Tensor other) => Aten.floor_divide__Tensor.Apply(this, other);

        /// <summary>Divides by the number, rounded down, in place.</summary>
        public Tensor floor_divide_(Scalar other) => Aten.floor_divide__Scalar.Apply(this, other);

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Aten.remainder_Tensor.CallBinary(this, target);

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Aten.remainder_Scalar.Call(this, scalar);

        /// <summary>The remainder with the divisor's sign, in place.</summary>
        public Tensor remainder_(Tensor target) => Aten.remainder__Tensor.Apply(this, target);

        /// <summary>The remainder with the divisor's sign, in place.</summary>
        public Tensor remainder_(Scalar scalar) => Aten.remainder__Scalar.Apply(this, scalar);

        /// <summary>The remainder with the dividend's sign.</summary>
        public Tensor fmod(Tensor target) => Aten.fmod_Tensor.CallBinary(this, target);

        /// <summary>The remainder with the dividend's sign.</summary>
        public Tensor fmod(Scalar scalar) => Aten.fmod_Scalar.Call(this, scalar);

        /// <summary>Each element to the power of the exponent's, broadcast.</summary>
        public Tensor pow(Tensor exponent) => Aten.pow_Tensor_Tensor.Call(this, exponent);

        /// <summary>Each element to a power.</summary>
        public Tensor pow(Scalar exponent) => Aten.pow_Tensor_Scalar.Call(this, exponent);

        /// <summary>Each element to the power of the exponent's, in place.</summary>
        public Tensor pow_(Tensor exponent) => Aten.pow__Tensor.Apply(this, exponent);

        /// <summary>Each element to a power, in place.</summary>
        public Tensor pow_(Scalar exponent) => Aten.pow__Scalar.Apply(this, exponent);

        /// <summary>The angle of (other, this) in radians.</summary>
        public Tensor atan2(Tensor other) => Aten.atan2.CallBinary(this, other);

        /// <summary>sqrt(x² + y²).</summary>
        public Tensor hypot(Tensor other) => Aten.hypot.CallBinary(this, other);

        /// <summary>log(exp(x) + exp(y)).</summary>
        public Tensor logaddexp(Tensor other) => Aten.logaddexp.CallBinary(this, other);

        /// <summary>x · log(y), 0 where x is 0.</summary>
        public Tensor xlogy(Tensor y) => Aten.xlogy_Tensor.Call(this, y);

        /// <summary>x · log(y), 0 where x is 0.</summary>
        public Tensor xlogy(Scalar y) => Aten.xlogy_Scalar_Other.Call(this, y);

        /// <summary>This plus value · tensor1 · tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul.Call(this, tensor1, tensor2, value);

        /// <summary>Adds value · tensor1 · tensor2, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul_.Apply(this, tensor1, tensor2, value);

        /// <summary>This plus value · tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv.Call(this, tensor1, tensor2, value);

        /// <summary>This plus tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.addcdiv.Call(this, tensor1, tensor2);

        /// <summary>Adds value · tensor1 / tensor2, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv_.Apply(this, tensor1, tensor2, value);

        /// <summary>Adds tensor1 / tensor2, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Aten.addcdiv_.Apply(this, tensor1, tensor2);

        /// <summary>This + weight · (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.lerp_Tensor.Call(this, end, weight);

        /// <summary>Moves towards end by weight, in place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => Aten.lerp__Tensor.Apply(this, end, weight);

        /// <summary>Each element kept between two bounds.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Aten.clamp.Call(this, Argument.Optional(min), Argument.Optional(max));

        /// <summary>Each element kept between bounds of its own.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Aten.clamp_Tensor.Call(this, Argument.Optional(min), Argument.Optional(max));

        /// <summary>Each element kept between two bounds.</summary>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>Each element kept between two bounds, in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Aten.clamp_.Apply(this, Argument.Optional(min), Argument.Optional(max));

        /// <summary>Each element kept between bounds of its own, in place.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) =>
            Aten.clamp__Tensor.Apply(this, Argument.Optional(min), Argument.Optional(max));

        /// <summary>Each element kept at or below the bound.</summary>
        public Tensor clamp_max(Scalar max) => Aten.clamp_max.Call(this, max);

        /// <summary>Each element kept at or below the bound, in place.</summary>
        public Tensor clamp_max_(Scalar max) => Aten.clamp_max_.Apply(this, max);

        /// <summary>Each element kept at or above the bound.</summary>
        public Tensor clamp_min(Scalar min) => Aten.clamp_min.Call(this, min);

        /// <summary>Each element kept at or above the bound, in place.</summary>
        public Tensor clamp_min_(Scalar min) => Aten.clamp_min_.Apply(this, min);

        /// <summary>The greater of two elements, broadcast.</summary>
        public Tensor maximum(Tensor other) => Aten.maximum.CallBinary(this, other);

        /// <summary>The lesser of two elements, broadcast.</summary>
        public Tensor minimum(Tensor other) => Aten.minimum.CallBinary(this, other);

        /// <summary>The greater of two elements, broadcast.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The lesser of two elements, broadcast.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>And of bits or truth values.</summary>
        public Tensor bitwise_and(Tensor other) => Aten.bitwise_and_Tensor.CallBinary(this, other);

        /// <summary>Or of bits or truth values.</summary>
        public Tensor bitwise_or(Tensor other) => Aten.bitwise_or_Tensor.CallBinary(this, other);

        /// <summary>Exclusive or of bits or truth values.</summary>
        public Tensor bitwise_xor(Tensor other) => Aten.bitwise_xor_Tensor.CallBinary(this, other);

        /// <summary>Whether both are not zero.</summary>
        public Tensor logical_and(Tensor other) => Aten.logical_and.CallBinary(this, other);

        /// <summary>Whether either is not zero.</summary>
        public Tensor logical_or(Tensor other) => Aten.logical_or.CallBinary(this, other);

        /// <summary>Whether exactly one is not zero.</summary>
        public Tensor logical_xor(Tensor other) => Aten.logical_xor.CallBinary(this, other);

        /// <summary>Whether both are not zero, in place.</summary>
        public Tensor logical_and_(Tensor other) => Aten.logical_and_.Apply(this, other);

        /// <summary>Whether either is not zero, in place.</summary>
        public Tensor logical_or_(Tensor other) => Aten.logical_or_.Apply(this, other);
    }
}
