namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer's groups, at construction for epoch 0 and then at each step.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer _optimizer;
                private readonly bool _verbose;
                private readonly List<double> _rates;

                private protected LRScheduler(Optimizer optimizer, int last_epoch, bool verbose)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (_optimizer, Epoch, _verbose) = (optimizer, last_epoch, verbose);
                    Initial = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    _rates = [.. Current];
                }

                private protected int Epoch { get; private set; }

                private protected IReadOnlyList<double> Initial { get; }

                private protected IEnumerable<double> Current => _optimizer.ParamGroups.Select(group => group.LearningRate);

                /// <summary>Goes on to the next epoch (or batch, if that is what is counted).</summary>
                public virtual void step() => step(null);

                /// <summary>Goes on to the next epoch, or to a given one by the closed form.</summary>
                public virtual void step(int? epoch)
                {
                    Epoch = epoch ?? Epoch + 1;
                    List<double> rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    foreach (var (group, i) in _optimizer.ParamGroups.Select((group, i) => (group, i)).ToList())
                    {
                        if (_verbose && _rates[i] != rates[i])
                        {
                            Console.WriteLine($"Adjusting learning rate to {rates[i]}");
                        }
                        group.LearningRate = _rates[i] = rates[i];
                    }
                }

                /// <summary>The rates that the last step set, one for each group.</summary>
                public IEnumerable<double> get_last_lr() => _rates;

                /// <summary>The rates of the epoch, from those at hand.</summary>
                protected abstract IEnumerable<double> get_lr();

                /// <summary>The rates of the epoch, from the initial ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }

            /// <summary>The initial rate times a function of the epoch.</summary>
            public static LRScheduler LambdaLR(
                Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            /// <summary>From start_factor to end_factor of the initial rate in total_iters equal steps.</summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1,
                bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            /// <summary>From the initial rate to eta_min along half a cosine of T_max steps.</summary>
            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            /// <summary>The schedules themselves.</summary>
            public static partial class impl
            {
                /// <summary>The initial rate times a function of the epoch, one for all groups or one for each.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly List<Func<int, double>> _factors;

                    /// <summary>One function for all groups.</summary>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    /// <summary>One function for each group.</summary>
                    public LambdaLR(
                        Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. lr_lambdas];
                        if (_factors.Count != Initial.Count)
                        {
                            throw new ArgumentException(
                                $"There are {_factors.Count} functions for {Initial.Count} groups.", nameof(lr_lambdas));
                        }
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Initial.Zip(_factors, (rate, factor) => rate * factor(Epoch));
                }

                /// <summary>From start_factor to end_factor of the initial rate in total_iters equal steps.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start, _end;
                    private readonly int _steps;

                    /// <summary>Sets the rates of epoch 0.</summary>
                    public LinearLR(
                        Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_start, _end, _steps) = (start_factor, end_factor, total_iters);
                        step();
                    }

                    // Chained onto the rate at hand, so that schedules can be combined.
                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = Epoch == 0
                            ? _start
                            : Epoch > _steps ? 1 : 1 + ((_end - _start) / ((_steps * _start) + ((Epoch - 1) * (_end - _start))));
                        return Current.Select(rate => rate * factor);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        Initial.Select(rate => rate * (_start + ((_end - _start) * Math.Min(_steps, Epoch) / _steps)));
                }

                /// <summary>From the initial rate to eta_min along half a cosine of T_max steps, then back.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period, _minimum;

                    /// <summary>Sets the rates of epoch 0.</summary>
                    public CosineAnnealingLR(
                        Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_period, _minimum) = (T_max, eta_min);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0)
                        {
                            return Current;
                        }
                        // At the end of a descent the rate at hand is the minimum, and a ratio would keep it there.
                        if ((Epoch - 1 - _period) % (2 * _period) == 0)
                        {
                            return Current.Zip(
                                Initial, (rate, initial) => rate + ((initial - _minimum) * (1 - Math.Cos(Math.PI / _period)) / 2));
                        }
                        var ratio = (1 + Math.Cos(Math.PI * Epoch / _period)) / (1 + Math.Cos(Math.PI * (Epoch - 1) / _period));
                        return Current.Select(rate => (ratio * (rate - _minimum)) + _minimum);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        Initial.Select(rate => _minimum + ((rate - _minimum) * (1 + Math.Cos(Math.PI * Epoch / _period)) / 2));
                }
            }
        }
    }
}
