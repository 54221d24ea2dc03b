using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace LinkMonitor.Hosting.Functions;

/// <summary>
/// Every function that a queue or a timer starts, for whoever starts them without the Functions host. It is read from the attributes that
/// the host goes by, so a function, its schedule and its queue are written once.
/// </summary>
internal sealed class FunctionCatalog
{
    // Hidden ones too: a function that the worker could not call must not pass unseen.
    private const BindingFlags EveryMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, FunctionRegistration> _byName = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two functions have one name (the host ignores case there) or one queue.</exception>
    public FunctionCatalog(IEnumerable<FunctionRegistration> registrations)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var queues = new HashSet<string>(StringComparer.Ordinal);
        foreach (var registration in registrations)
        {
            if (!names.Add(registration.Definition.Name))
                throw new InvalidOperationException($"Two functions are named '{registration.Definition.Name}'.");
            if (registration.Definition is QueueFunctionDefinition { QueueName: var queue } && !queues.Add(queue))
                throw new InvalidOperationException($"Two functions read the queue '{queue}'.");
            _byName.Add(registration.Definition.Name, registration);
        }
    }

    /// <summary>The functions among the methods of the types.</summary>
    /// <exception cref="InvalidOperationException">One of them could not be started, or two collide.</exception>
    public static FunctionCatalog Of(params IEnumerable<Type> types) => new(types
        .SelectMany(type => type.GetMethods(EveryMethod))
        .Select(FunctionReader.Read)
        .OfType<FunctionRegistration>());

    public IReadOnlyCollection<FunctionRegistration> All => _byName.Values;

    /// <summary>The function of exactly that name, case included; null when there is none.</summary>
    public FunctionRegistration? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>What starts a function: exactly one <see cref="QueueFunctionDefinition"/> or <see cref="TimerFunctionDefinition"/>.</summary>
internal abstract partial record FunctionDefinition
{
    private protected FunctionDefinition(string name)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException(
                $"'{name}' is not a function name: a letter, then up to 126 letters, digits, '-' or '_'.", nameof(name));
        Name = name;
    }

    /// <summary>The name of the <c>[Function]</c>, case as written.</summary>
    public string Name { get; }

    // The rule of the Functions host (Utility.FunctionNameValidationRegex).
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex ValidName();
}

/// <summary>A definition together with the method that runs it.</summary>
/// <param name="RunAsync">
/// Makes the method's class from the given scope and calls the method; the text is the message, or empty for a timer.
/// </param>
internal sealed record FunctionRegistration(
    FunctionDefinition Definition, Func<IServiceProvider, string, CancellationToken, Task> RunAsync);

/// <summary>Runs a function once, in a service scope of its own.</summary>
internal sealed class FunctionRunner(IServiceScopeFactory scopes)
{
    /// <param name="message">The text of the message; empty for a timer.</param>
    public async Task RunAsync(FunctionRegistration registration, string message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await registration.RunAsync(scope.ServiceProvider, message, cancellationToken);
    }
}

/// <summary>A function started by each message of a queue.</summary>
internal sealed partial record QueueFunctionDefinition : FunctionDefinition
{
    /// <exception cref="ArgumentException">A name breaks the rules of the Functions host or of Azure queues.</exception>
    public QueueFunctionDefinition(string name, string queueName)
        : base(name)
    {
        if (!ValidQueueName().IsMatch(queueName))
            throw new ArgumentException($"'{queueName}' is not a queue name.", nameof(queueName));
        QueueName = queueName;
    }

    /// <summary>3 to 63 lower-case letters, digits and single hyphens.</summary>
    public string QueueName { get; }

    // https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata; an invalid name stops the Functions host.
    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ValidQueueName();
}

/// <summary>A function started by the clock, in UTC.</summary>
internal sealed record TimerFunctionDefinition : FunctionDefinition
{
    /// <param name="schedule">NCRONTAB with six fields: second, minute, hour, day, month, day of week.</param>
    /// <exception cref="ArgumentException">The name or the schedule is invalid.</exception>
    public TimerFunctionDefinition(string name, string schedule)
        : base(name)
    {
        if (CrontabSchedule.TryParse(schedule, new() { IncludingSeconds = true }) is null)
            throw new ArgumentException($"'{schedule}' is not an NCRONTAB schedule of six fields.", nameof(schedule));
        Schedule = schedule;
    }

    /// <summary>NCRONTAB with six fields, in UTC.</summary>
    public string Schedule { get; }
}

/// <summary>Reads from a method's attributes what the Functions host reads from them, and calls the method as the worker does.</summary>
internal static class FunctionReader
{
    /// <returns>Null when the method is no function, or one that answers HTTP: a web server does that without us.</returns>
    /// <exception cref="InvalidOperationException">We could not start the function ourselves, so it would run on Azure alone.</exception>
    public static FunctionRegistration? Read(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            return null;
        var parameters = method.GetParameters();
        if (Attribute<HttpTriggerAttribute>(parameters) is not null)
            return null;
        if (method.ReturnType != typeof(Task) || !method.IsPublic || method.IsStatic || method.DeclaringType is not { } type)
            throw new InvalidOperationException($"The function {function.Name} must be a public instance method that returns a Task.");

        var definition = Definition(function.Name, parameters);
        Func<string, CancellationToken, object>[] arguments = [.. parameters.Select(parameter => Argument(definition, parameter))];
        var create = ActivatorUtilities.CreateFactory(type, []);
        return new FunctionRegistration(definition, (scope, message, cancellationToken) =>
            (Task)method.Invoke(
                create(scope, null),
                BindingFlags.DoNotWrapExceptions,
                null,
                [.. arguments.Select(argument => argument(message, cancellationToken))],
                null)!);
    }

    private static FunctionDefinition Definition(string name, ParameterInfo[] parameters)
    {
        if (Attribute<QueueTriggerAttribute>(parameters) is { } queue)
            return new QueueFunctionDefinition(name, queue.QueueName);
        if (Attribute<TimerTriggerAttribute>(parameters) is { } timer)
            return new TimerFunctionDefinition(name, timer.Schedule);
        throw new InvalidOperationException($"The function {name} has no trigger that the standalone loops know.");
    }

    private static Func<string, CancellationToken, object> Argument(FunctionDefinition function, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(CancellationToken))
            return static (_, cancellationToken) => cancellationToken;
        if (parameter.ParameterType == typeof(string) && function is QueueFunctionDefinition)
            return static (message, _) => message;
        if (parameter.ParameterType == typeof(TimerInfo) && function is TimerFunctionDefinition)
            return static (_, _) => new TimerInfo();
        throw new InvalidOperationException($"Nothing provides the function {function.Name} with its parameter '{parameter.Name}'.");
    }

    private static TAttribute? Attribute<TAttribute>(ParameterInfo[] parameters) where TAttribute : Attribute =>
        parameters.Select(parameter => parameter.GetCustomAttribute<TAttribute>()).FirstOrDefault(found => found is not null);
}
