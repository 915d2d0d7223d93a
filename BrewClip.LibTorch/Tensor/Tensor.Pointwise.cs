using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => Aten.abs.CallUnary(this);

        /// <summary>The absolute value of each element, in place.</summary>
        public Tensor abs_() => Aten.abs_.Apply(this);

        /// <summary>Each element rounded up.</summary>
        public Tensor ceil() => Aten.ceil.CallUnary(this);

        /// <summary>Each element rounded up, in place.</summary>
        public Tensor ceil_() => Aten.ceil_.Apply(this);

        /// <summary>The exponential of each element.</summary>
        public Tensor exp() => Aten.exp.CallUnary(this);

        /// <summary>The exponential of each element, in place.</summary>
        public Tensor exp_() => Aten.exp_.Apply(this);

        /// <summary>exp(x) - 1, exact near 0.</summary>
        public Tensor expm1() => Aten.expm1.CallUnary(this);

        /// <summary>exp(x) - 1, exact near 0, in place.</summary>
        public Tensor expm1_() => Aten.expm1_.Apply(this);

        /// <summary>Each element rounded down.</summary>
        public Tensor floor() => Aten.floor.CallUnary(this);

        /// <summary>Each element rounded down, in place.</summary>
        public Tensor floor_() => Aten.floor_.Apply(this);

        /// <summary>The fractional part of each element.</summary>
        public Tensor frac() => Aten.frac.CallUnary(this);

        /// <summary>The fractional part of each element, in place.</summary>
        public Tensor frac_() => Aten.frac_.Apply(this);

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => Aten.log.CallUnary(this);

        /// <summary>The natural logarithm of each element, in place.</summary>
        public Tensor log_() => Aten.log_.Apply(this);

        /// <summary>The decimal logarithm of each element.</summary>
        public Tensor log10() => Aten.log10.CallUnary(this);

        /// <summary>The decimal logarithm of each element, in place.</summary>
        public Tensor log10_() => Aten.log10_.Apply(this);

        /// <summary>log(1 + x), exact near 0.</summary>
        public Tensor log1p() => Aten.log1p.CallUnary(this);

        /// <summary>log(1 + x), exact near 0, in place.</summary>
        public Tensor log1p_() => Aten.log1p_.Apply(this);

        /// <summary>The binary logarithm of each element.</summary>
        public Tensor log2() => Aten.log2.CallUnary(this);

        /// <summary>The binary logarithm of each element, in place.</summary>
        public Tensor log2_() => Aten.log2_.Apply(this);

        /// <summary>Whether each element is zero.</summary>
        public Tensor logical_not() => Aten.logical_not.CallUnary(this);

        /// <summary>Whether each element is zero, in place.</summary>
        public Tensor logical_not_() => Aten.logical_not_.Apply(this);

        /// <summary>Each element with its sign turned.</summary>
        public Tensor neg() => Aten.neg.CallUnary(this);

        /// <summary>Each element with its sign turned, in place.</summary>
        public Tensor neg_() => Aten.neg_.Apply(this);

        /// <summary>1 / x.</summary>
        public Tensor reciprocal() => Aten.reciprocal.CallUnary(this);

        /// <summary>1 / x, in place.</summary>
        public Tensor reciprocal_() => Aten.reciprocal_.Apply(this);

        /// <summary>1 / sqrt(x).</summary>
        public Tensor rsqrt() => Aten.rsqrt.CallUnary(this);

        /// <summary>1 / sqrt(x), in place.</summary>
        public Tensor rsqrt_() => Aten.rsqrt_.Apply(this);

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => Aten.sqrt.CallUnary(this);

        /// <summary>The square root of each element, in place.</summary>
        public Tensor sqrt_() => Aten.sqrt_.Apply(this);

        /// <summary>The sign of each element: -1, 0 or 1.</summary>
        public Tensor sign() => Aten.sign.CallUnary(this);

        /// <summary>The sign of each element: -1, 0 or 1, in place.</summary>
        public Tensor sign_() => Aten.sign_.Apply(this);

        /// <summary>Each element with its fraction cut.</summary>
        public Tensor trunc() => Aten.trunc.CallUnary(this);

        /// <summary>Each element with its fraction cut, in place.</summary>
        public Tensor trunc_() => Aten.trunc_.Apply(this);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Aten.sigmoid.CallUnary(this);

        /// <summary>1 / (1 + exp(-x)), in place.</summary>
        public Tensor sigmoid_() => Aten.sigmoid_.Apply(this);

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => Aten.erf.CallUnary(this);

        /// <summary>The error function of each element, in place.</summary>
        public Tensor erf_() => Aten.erf_.Apply(this);

        /// <summary>1 - erf(x).</summary>
        public Tensor erfc() => Aten.erfc.CallUnary(this);

        /// <summary>1 - erf(x), in place.</summary>
        public Tensor erfc_() => Aten.erfc_.Apply(this);

        /// <summary>The inverse of the error function.</summary>
        public Tensor erfinv() => Aten.erfinv.CallUnary(this);

        /// <summary>The inverse of the error function, in place.</summary>
        public Tensor erfinv_() => Aten.erfinv_.Apply(this);

        /// <summary>Each element with its bits, or truth value, turned.</summary>
        public Tensor bitwise_not() => Aten.bitwise_not.CallUnary(this);

        /// <summary>Each element with its bits, or truth value, turned, in place.</summary>
        public Tensor bitwise_not_() => Aten.bitwise_not_.Apply(this);

        /// <summary>The sine of each element.</summary>
        public Tensor sin() => Aten.sin.CallUnary(this);

        /// <summary>The sine of each element, in place.</summary>
        public Tensor sin_() => Aten.sin_.Apply(this);

        /// <summary>The cosine of each element.</summary>
        public Tensor cos() => Aten.cos.CallUnary(this);

        /// <summary>The cosine of each element, in place.</summary>
        public Tensor cos_() => Aten.cos_.Apply(this);

        /// <summary>The tangent of each element.</summary>
        public Tensor tan() => Aten.tan.CallUnary(this);

        /// <summary>The tangent of each element, in place.</summary>
        public Tensor tan_() => Aten.tan_.Apply(this);

        /// <summary>The arc sine of each element.</summary>
        public Tensor asin() => Aten.asin.CallUnary(this);

        /// <summary>The arc sine of each element, in place.</summary>
        public Tensor asin_() => Aten.asin_.Apply(this);

        /// <summary>The arc cosine of each element.</summary>
        public Tensor acos() => Aten.acos.CallUnary(this);

        /// <summary>The arc cosine of each element, in place.</summary>
        public Tensor acos_() => Aten.acos_.Apply(this);

        /// <summary>The arc tangent of each element.</summary>
        public Tensor atan() => Aten.atan.CallUnary(this);

        /// <summary>The arc tangent of each element, in place.</summary>
        public Tensor atan_() => Aten.atan_.Apply(this);

        /// <summary>The hyperbolic sine of each element.</summary>
        public Tensor sinh() => Aten.sinh.CallUnary(this);

        /// <summary>The hyperbolic sine of each element, in place.</summary>
        public Tensor sinh_() => Aten.sinh_.Apply(this);

        /// <summary>The hyperbolic cosine of each element.</summary>
        public Tensor cosh() => Aten.cosh.CallUnary(this);

        /// <summary>The hyperbolic cosine of each element, in place.</summary>
        public Tensor cosh_() => Aten.cosh_.Apply(this);

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => Aten.tanh.CallUnary(this);

        /// <summary>The hyperbolic tangent of each element, in place.</summary>
        public Tensor tanh_() => Aten.tanh_.Apply(this);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Aten.relu.CallUnary(this);

        /// <summary>max(x, 0), in place.</summary>
        public Tensor relu_() => Aten.relu_.Apply(this);

        /// <summary>The logarithm of the gamma function.</summary>
        public Tensor lgamma() => Aten.lgamma.CallUnary(this);

        /// <summary>The logarithm of the gamma function, in place.</summary>
        public Tensor lgamma_() => Aten.lgamma_.Apply(this);

        /// <summary>The derivative of the logarithm of the gamma function.</summary>
        public Tensor digamma() => Aten.digamma.CallUnary(this);

        /// <summary>The derivative of the logarithm of the gamma function, in place.</summary>
        public Tensor digamma_() => Aten.digamma_.Apply(this);

        /// <summary>Each element with its sign turned.</summary>
        public Tensor negative() => neg();

        /// <summary>The absolute value of each element.</summary>
        public Tensor absolute() => abs();

        /// <summary>The square of each element.</summary>
        public Tensor square() => Aten.square.CallUnary(this);

        /// <summary>Two to the power of each element.</summary>
        public Tensor exp2() => Aten.exp2.CallUnary(this);

        /// <summary>The sign of each element; of a complex one its direction.</summary>
        public Tensor sgn() => Aten.sgn.CallUnary(this);

        /// <summary>The angle of each complex element in radians.</summary>
        public Tensor angle() => Aten.angle.CallUnary(this);

        /// <summary>The complex conjugate of each element.</summary>
        public Tensor conj() => Aten.conj.CallUnary(this);

        /// <summary>Each element rounded to so many decimals, halves to even.</summary>
        public Tensor round(long decimals = 0L) => Aten.round_decimals.Call(this, decimals);

        /// <summary>Each element rounded to so many decimals, in place.</summary>
        public Tensor round_(long decimals = 0L) => Aten.round__decimals.Apply(this, decimals);

        /// <summary>x · sigmoid(x).</summary>
        public Tensor silu() => Aten.silu.CallUnary(this);

        /// <summary>x · Φ(x), exact.</summary>
        public Tensor gelu() => Aten.gelu.CallUnary(this);

        /// <summary>Whether each element is no number.</summary>
        public Tensor isnan() => Aten.isnan.CallUnary(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Aten.isinf.CallUnary(this);

        /// <summary>Whether each element is a finite number.</summary>
        public Tensor isfinite() => Aten.isfinite.CallUnary(this);

        /// <summary>Whether each element is positive infinity.</summary>
        public Tensor isposinf() => Aten.isposinf.CallUnary(this);

        /// <summary>Whether each element is negative infinity.</summary>
        public Tensor isneginf() => Aten.isneginf.CallUnary(this);

        /// <summary>Finite numbers in place of NaN and the infinities.</summary>
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Aten.nan_to_num.Call(this, nan, posinf, neginf);

        /// <summary>log(x / (1 - x)), x kept eps away from 0 and 1.</summary>
        public Tensor logit(double? eps = null) => Aten.logit.Call(this, eps);
    }
}
