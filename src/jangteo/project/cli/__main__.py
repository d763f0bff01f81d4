from jangteo.project.cli import main

main()
