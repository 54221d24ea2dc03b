using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Explaining;

/// <summary>What a step of an explanation adds to the verdict.</summary>
[JsonConverter(typeof(WireNameJsonConverter<StepState>))]
public enum StepState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing, or one more reason, but the verdict does not rest on it.</summary>
    Notice,

    /// <summary>The verdict rests on this step.</summary>
    Decides,
}
