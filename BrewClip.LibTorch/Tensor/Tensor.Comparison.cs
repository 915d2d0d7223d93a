using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Whether each element is equal to the target's, broadcast.</summary>
        public Tensor eq(Tensor target) => Aten.eq_Tensor.CallBinary(this, target);

        /// <summary>Whether each element is equal to the number.</summary>
        public Tensor eq(Scalar target) => Aten.eq_Scalar.Call(this, target);

        /// <summary>1 where each element is equal to the target's, else 0, in place.</summary>
        public Tensor eq_(Tensor target) => Aten.eq__Tensor.Apply(this, target);

        /// <summary>1 where each element is equal to the number, else 0, in place.</summary>
        public Tensor eq_(Scalar target) => Aten.eq__Scalar.Apply(this, target);

        /// <summary>Whether each element is equal to the target's, broadcast.</summary>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether each element is different from the target's, broadcast.</summary>
        public Tensor ne(Tensor target) => Aten.ne_Tensor.CallBinary(this, target);

        /// <summary>Whether each element is different from the number.</summary>
        public Tensor ne(Scalar target) => Aten.ne_Scalar.Call(this, target);

        /// <summary>1 where each element is different from the target's, else 0, in place.</summary>
        public Tensor ne_(Tensor target) => Aten.ne__Tensor.Apply(this, target);

        /// <summary>1 where each element is different from the number, else 0, in place.</summary>
        public Tensor ne_(Scalar target) => Aten.ne__Scalar.Apply(this, target);

        /// <summary>Whether each element is different from the target's, broadcast.</summary>
        public Tensor not_equal(Tensor target) => ne(target);

        /// <summary>Whether each element is less than the target's, broadcast.</summary>
        public Tensor lt(Tensor target) => Aten.lt_Tensor.CallBinary(this, target);

        /// <summary>Whether each element is less than the number.</summary>
        public Tensor lt(Scalar target) => Aten.lt_Scalar.Call(this, target);

        /// <summary>1 where each element is less than the target's, else 0, in place.</summary>
        public Tensor lt_(Tensor target) => Aten.lt__Tensor.Apply(this, target);

        /// <summary>1 where each element is less than the number, else 0, in place.</summary>
        public Tensor lt_(Scalar target) => Aten.lt__Scalar.Apply(this, target);

        /// <summary>Whether each element is less than the target's, broadcast.</summary>
        public Tensor less(Tensor target) => lt(target);

        /// <summary>Whether each element is at most the target's, broadcast.</summary>
        public Tensor le(Tensor target) => Aten.le_Tensor.CallBinary(this, target);

        /// <summary>Whether each element is at most the number.</summary>
        public Tensor le(Scalar target) => Aten.le_Scalar.Call(this, target);

        /// <summary>1 where each element is at most the target's, else 0, in place.</summary>
        public Tensor le_(Tensor target) => Aten.le__Tensor.Apply(this, target);

        /// <summary>1 where each element is at most the number, else 0, in place.</summary>
        public Tensor le_(Scalar target) => Aten.le__Scalar.Apply(this, target);

        /// <summary>Whether each element is at most the target's, broadcast.</summary>
        public Tensor less_equal(Tensor target) => le(target);

        /// <summary>Whether each element is greater than the target's, broadcast.</summary>
        public Tensor gt(Tensor target) => Aten.gt_Tensor.CallBinary(this, target);

        /// <summary>Whether each element is greater than the number.</summary>
        public Tensor gt(Scalar target) => Aten.gt_Scalar.Call(this, target);

        /// <summary>1 where each element is greater than the target's, else 0, in place.</summary>
        public Tensor gt_(Tensor target) => Aten.gt__Tensor.Apply(this, target);

        /// <summary>1 where each element is greater than the number, else 0, in place.</summary>
        public Tensor gt_(Scalar target) => Aten.gt__Scalar.Apply(this, target);

        /// <summary>Whether each element is greater than the target's, broadcast.</summary>
        public Tensor greater(Tensor target) => gt(target);

        /// <summary>Whether each element is at least the target's, broadcast.</summary>
        public Tensor ge(Tensor target) => Aten.ge_Tensor.CallBinary(this, target);

        /// <summary>Whether each element is at least the number.</summary>
        public Tensor ge(Scalar target) => Aten.ge_Scalar.Call(this, target);

        /// <summary>1 where each element is at least the target's, else 0, in place.</summary>
        public Tensor ge_(Tensor target) => Aten.ge__Tensor.Apply(this, target);

        /// <summary>1 where each element is at least the number, else 0, in place.</summary>
        public Tensor ge_(Scalar target) => Aten.ge__Scalar.Apply(this, target);

        /// <summary>Whether each element is at least the target's, broadcast.</summary>
        public Tensor greater_equal(Tensor target) => ge(target);

        /// <summary>Whether shapes and all elements are equal.</summary>
        public bool Equals(Tensor target) => Aten.equal.CallValue(this, target).Bits != 0;

        /// <summary>Whether all elements differ by at most atol + rtol · |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Aten.allclose.CallValue(this, target, rtol, atol, equal_nan).Bits != 0;

        /// <summary>Whether each element differs by at most atol + rtol · |other|.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Aten.isclose.Call(this, other, rtol, atol, nanEqual);

        /// <summary>Whether each element is among the test elements.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Aten.isin_Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);

        /// <summary>Whether the other is a tensor of equal shape and elements.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>By identity: the elements may change.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
