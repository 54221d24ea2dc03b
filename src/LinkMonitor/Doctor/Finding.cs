using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Doctor;

/// <summary>How a part of the installation is.</summary>
[JsonConverter(typeof(WireNameJsonConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It works, but perhaps not as you want.</summary>
    Note,

    /// <summary>It does not work.</summary>
    Fails,
}

/// <summary>What was found of one part of the installation.</summary>
/// <param name="Part">For example <c>storage</c>.</param>
/// <param name="Said">What was tried and came of it, one sentence.</param>
/// <param name="ToDo">What to do; null for nothing.</param>
internal sealed record Finding(string Part, FindingState State, string Said, string? ToDo = null);
