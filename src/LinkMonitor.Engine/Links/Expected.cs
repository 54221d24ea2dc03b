namespace LinkMonitor.Engine.Links;

/// <summary>One part of an <see cref="Expectation"/>: a value, whatever the first observation saw, or no matter what.</summary>
/// <typeparam name="T">The type of the watched property.</typeparam>
public readonly record struct Expected<T> where T : notnull
{
    private Expected(ExpectedKind kind, T? value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>Which of the three; <see cref="ExpectedKind.AsFirstSeen"/> by default.</summary>
    public ExpectedKind Kind { get; }

    /// <summary>The expected value; meaningful only for <see cref="ExpectedKind.Exactly"/>.</summary>
    public T? Value { get; }

    /// <summary>The value of the first observation that found the link (the baseline).</summary>
    public static Expected<T> AsFirstSeen => default;

    /// <summary>The property is not watched.</summary>
    public static Expected<T> Any => new(ExpectedKind.Any, default);

    /// <summary>Exactly <paramref name="value"/>.</summary>
    public static Expected<T> Exactly(T value) => new(ExpectedKind.Exactly, value);
}
