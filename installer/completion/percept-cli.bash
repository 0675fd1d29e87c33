# bash completion of percept-cli: commands, then their options, then files.
_percept_cli()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
    local -r global='--data --models --engine --threads --device --json --quiet --version --help'
    case $previous in
    --data | --models)
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    --device)
        mapfile -t COMPREPLY < <(compgen -W 'auto cpu cuda' -- "$current")
        return
        ;;
    --format)
        mapfile -t COMPREPLY < <(compgen -W 'md json srt vtt docx pdf text' -- "$current")
        return
        ;;
    --template)
        mapfile -t COMPREPLY < <(compgen -W 'minutes actions decisions brief' -- "$current")
        return
        ;;
    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
        ingest | ask | transcribe | summarize | search | sessions | export | models | doctor | backup) command=$word ;;
        esac
    done
    local words
    case $command in
    '') words="ingest ask transcribe summarize search sessions export models doctor backup $global" ;;
    ingest) words="--session --new --password-stdin --ocr-language $global" ;;
    ask) words="--session --source --all $global" ;;
    transcribe) words="--format --language --words --output --force $global" ;;
    summarize) words="--session --template $global" ;;
    search) words="--session --kind --limit $global" ;;
    sessions) words="list show rename delete remove-source $global" ;;
    export) words="--format --output --force $global" ;;
    models) words="list fetch verify remove fit $global" ;;
    *) words=$global ;;
    esac
    if [[ $current == -* || $command == '' || $command == sessions || $command == models ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -F _percept_cli percept-cli
